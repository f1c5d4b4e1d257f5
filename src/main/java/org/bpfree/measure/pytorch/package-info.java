/** State dicts of PyTorch: the network's values in PyTorch's layouts, and the files {@code torch.save} writes. */
package org.bpfree.measure.pytorch;
