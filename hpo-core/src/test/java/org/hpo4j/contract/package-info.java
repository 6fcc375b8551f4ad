/**
 * What every sampler and every pruner promises, as tests: extend {@link
 * org.hpo4j.contract.SamplerContract} or {@link org.hpo4j.contract.PrunerContract} with your own.
 * Published as the test-jar of hpo-core.
 */
package org.hpo4j.contract;
