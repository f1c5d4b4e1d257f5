package org.bpfree.data.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.bpfree.data.ReadingListener;
import org.bpfree.data.format.Colour;
import org.bpfree.data.format.ImageFileWriter;
import org.bpfree.data.format.PictureFile;
import org.bpfree.failure.Failure;

/**
 * Decodes pictures on all processors, as {@code predict} decodes them, a few hundred at a time, so that memory does not limit their number.
 *
 * @param work what is done, for those who wait
 * @param pictures in the order of the images
 * @param settings how they are decoded
 * @param listener told of progress
 */
record PictureLoader(String work, List<LabelledPicture> pictures, PictureSettings settings, ReadingListener listener) {
    private static final double MOST_UNREADABLE = 0.01;
    private static final int CHUNK = 256; // pictures
    private static final int CHUNK_BYTES = 64 << 20;

    /**
     * Writes the images; pictures that cannot be read are left out and noted.
     *
     * @throws Failure if too many cannot be read, with their names
     */
    void writeTo(ImageFileWriter writer) throws IOException {
        int chunk = Math.max(1, Math.min(CHUNK, CHUNK_BYTES / settings.shape().size()));
        Colour background = Colour.parse("black").orElseThrow();
        List<String> unreadable = new ArrayList<>();
        for (int first = 0; first < pictures.size(); first += chunk) {
            List<LabelledPicture> some = pictures.subList(first, Math.min(pictures.size(), first + chunk));
            byte[][] images = new byte[some.size()][];
            ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
            IntStream.range(0, images.length).parallel().forEach(i -> {
                try {
                    images[i] = PictureFile.read(some.get(i).file(), settings.shape(), background, settings.fit());
                } catch (Failure e) {
                    failed.add(told(some.get(i), e));
                }
            });
            for (int i = 0; i < images.length; i++) {
                if (images[i] != null) {
                    writer.add(images[i], 0, some.get(i).label());
                }
            }
            unreadable.addAll(failed.stream().sorted().toList());
            listener.progress(work, first + images.length, pictures.size());
            requireFew(unreadable, first + images.length, writer.images());
        }
        writer.finish(unreadable);
    }

    private static String told(LabelledPicture picture, Failure failure) {
        String message = failure.getMessage();
        return message.startsWith(picture.place()) ? message : picture.place() + ": " + message;
    }

    private void requireFew(List<String> unreadable, int seen, int read) {
        boolean tooMany = unreadable.size() > MOST_UNREADABLE * pictures.size() && !settings.allowUnreadable();
        if (tooMany || seen == pictures.size() && read == 0) {
            throw Failure.data(
                    unreadable.size() + " of " + seen + " pictures cannot be read:\n  " + Failure.few(unreadable, "  "),
                    "Remove or replace them; 'allowUnreadable: true' leaves them out.");
        }
    }
}
