/** Files that people name: how they are written, read and found, and what is said when that fails. */
package org.bpfree.files;
