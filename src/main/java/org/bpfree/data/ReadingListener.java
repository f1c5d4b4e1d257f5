package org.bpfree.data;

/** Told of what happens while a dataset is read, for the person who waits for it. */
public interface ReadingListener {
    /** Says nothing. */
    ReadingListener SILENT = new ReadingListener() {
        @Override
        public void progress(String work, long done, long total) {}

        @Override
        public void warn(String message) {}
    };

    /**
     * Long work goes on.
     *
     * @param work what is done, such as "decoding the training images of pets"
     * @param done images done, {@code total} when it has ended
     */
    void progress(String work, long done, long total);

    /** Something is not as it should be, and images are read nevertheless. */
    void warn(String message);
}
