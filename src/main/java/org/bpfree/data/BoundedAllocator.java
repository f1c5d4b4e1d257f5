package org.bpfree.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import us.hebi.matlab.mat.format.BufferAllocator;

/** Memory for the MATLAB reader, up to what a sound file can need: a garbled header must not ask for gigabytes. */
final class BoundedAllocator implements BufferAllocator {
    private final long most;
    private long given;

    BoundedAllocator(long most) {
        this.most = most;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        given += bytes;
        if (bytes < 0 || given > most) {
            throw new IllegalArgumentException("its headers announce " + given + " bytes, more than it can hold");
        }
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void release(ByteBuffer buffer) {
        given -= buffer.capacity();
    }
}
