/**
 * Learners whose blocks have losses of their own, so that no error passes from a block to the one below: greedy local losses (Nøkland and
 * Eidnes, arXiv 1901.06656) and Mono-Forward (Gong, Li and Abdulla, arXiv 2501.09238).
 */
package org.bpfree.learn.local;
