/** Commands that plan, run and judge studies; each is options, one call into {@code study} or {@code sweep}, and printing. */
package org.bpfree.cli.study;
