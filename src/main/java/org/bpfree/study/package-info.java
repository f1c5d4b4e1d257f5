/**
 * Comparisons that can be trusted: a study file says which arms are compared, how each is tuned on validation images, with which seeds the
 * winners run, and what is claimed. Here are its plans, the choice of settings, the archive of its cells, and the verdicts. Running cells
 * belongs to {@code sweep}, statistics to {@code statistics}, tables and pages to {@code report}.
 */
package org.bpfree.study;
