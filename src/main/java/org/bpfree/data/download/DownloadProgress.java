package org.bpfree.data.download;

/** Told how a download goes on; all calls come from the thread that downloads. */
public interface DownloadProgress {
    /** Shows nothing. */
    DownloadProgress SILENT = new DownloadProgress() {
        @Override
        public void begin(String name, long done, long total) {}

        @Override
        public void advance(long done) {}

        @Override
        public void end() {}

        @Override
        public void note(String message) {}
    };

    /** A transfer begins or goes on: {@code done} of {@code total} bytes are there already. */
    void begin(String name, long done, long total);

    /** So many bytes are there now. */
    void advance(long done);

    /** The transfer stopped, complete or not. */
    void end();

    /** Something worth a line: a mirror that failed, a file that is there already. */
    void note(String message);
}
