/** Networks for images on DJL: U-Net, and the backbones ResNet-34, VGG-16 and SqueezeNet 1.1. */
@NullMarked
package org.hpo4j.djl.vision;

import org.jspecify.annotations.NullMarked;
