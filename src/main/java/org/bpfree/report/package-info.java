/** What people look at: event files for TensorBoard, the HTML report, pictures of filters and maps, and charts. */
package org.bpfree.report;
