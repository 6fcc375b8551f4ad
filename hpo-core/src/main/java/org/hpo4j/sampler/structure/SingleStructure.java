package org.hpo4j.sampler.structure;

import java.util.List;
import org.hpo4j.space.Parameter;

/** One parameter, always active. */
record SingleStructure(List<Parameter<?>> parameters) implements Structure {

  static SingleStructure of(Parameter<?> parameter) {
    return new SingleStructure(List.of(parameter));
  }

  @Override
  public void walk(Chooser chooser, double[] codes) {
    codes[0] = chooser.choose(0);
  }

  @Override
  public boolean allows(double[] codes) {
    return true;
  }
}
