/**
 * Difference target propagation with learned inverses: layers learn from targets that come down through inverses, which learn themselves
 * (Lee et al., arXiv 1412.7525; Ernoult et al., arXiv 2201.13415).
 */
package org.bpfree.learn.dtp;
