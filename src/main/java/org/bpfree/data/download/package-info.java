/**
 * Fetching data files: mirrors, resumed transfers, checks, archives, and the lock of a folder that is being filled. What is fetched is said by
 * manifests of {@link org.bpfree.data.catalogue}.
 */
package org.bpfree.data.download;
