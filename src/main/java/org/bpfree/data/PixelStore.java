package org.bpfree.data;

/** Where the pixels of images lie: a row of bytes that any number of threads may read at once. */
public interface PixelStore {
    /** How many there are. */
    long bytes();

    /**
     * Copies bytes.
     *
     * @param from position of the first
     * @param out receives them from {@code at} on
     */
    void read(long from, byte[] out, int at, int count);

    /** Whether they are read from a disk when they are asked for. */
    boolean mapped();

    /**
     * Bytes in an array.
     *
     * @param array shared, not copied
     */
    record InMemory(byte[] array) implements PixelStore {
        @Override
        public long bytes() {
            return array.length;
        }

        @Override
        public void read(long from, byte[] out, int at, int count) {
            System.arraycopy(array, Math.toIntExact(from), out, at, count);
        }

        @Override
        public boolean mapped() {
            return false;
        }
    }
}
