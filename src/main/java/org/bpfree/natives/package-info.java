/**
 * The native libraries inside the JAR: packed by the build in one stream a platform ({@link org.bpfree.natives.NativePacker}), unpacked once a
 * machine at the first start ({@link org.bpfree.natives.NativeLibraries}).
 */
package org.bpfree.natives;
