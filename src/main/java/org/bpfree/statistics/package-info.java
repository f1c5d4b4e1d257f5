/**
 * What numbers measured with several seeds say: means with intervals, paired differences with their tests, corrections for many claims.
 * Nothing here knows what the numbers measure; which of them are compared is decided above.
 */
package org.bpfree.statistics;
