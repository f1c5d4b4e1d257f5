package org.bpfree.data;

import java.util.List;
import org.bpfree.failure.Failure;

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

    /**
     * Pictures are left out.
     *
     * @param images which images these are part of
     * @param all how many pictures there are
     * @param pictures those that cannot be read, with the reason
     */
    default void unreadable(String images, int all, List<String> pictures) {
        warn(pictures.size() + " of " + all + " pictures (" + images + ") cannot be read and are left out:\n  "
                + Failure.few(pictures, "  "));
    }

    /** Something is good to know for whoever waits, such as that another process is waited for. */
    default void note(String message) {}

    /** Something is not as it should be, and images are read nevertheless. */
    void warn(String message);
}
