/** The control that every claim about credit assignment needs: a network whose lower layers stay as they were drawn. */
package org.bpfree.learn.shallow;
