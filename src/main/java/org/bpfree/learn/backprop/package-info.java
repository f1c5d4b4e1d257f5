/** Backpropagation of errors (Rumelhart, Hinton and Williams 1986): the reference all other learners are measured against. */
package org.bpfree.learn.backprop;
