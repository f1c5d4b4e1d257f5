package org.bpfree.data.catalogue;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.bpfree.data.format.Colour;
import org.bpfree.data.format.PictureFile;
import org.bpfree.failure.Failure;

/** Decodes pictures on all processors into one set, as {@code predict} decodes them. */
final class PictureLoader {
    private static final double MOST_UNREADABLE = 0.01;
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    private PictureLoader() {}

    /**
     * Reads pictures in their order.
     *
     * @param allowUnreadable whether any number of pictures that cannot be read is left out; else at most one in a hundred
     * @throws Failure if there are too many of those, with their names; or if the images do not fit into an array
     */
    static ImageSet load(
            List<LabelledPicture> pictures, ImageShape shape, PictureFit fit, int classes, boolean allowUnreadable) {
        if ((long) pictures.size() * shape.size() > LARGEST) {
            throw Failure.data(
                    pictures.size() + " images of " + shape + " need "
                            + ((long) pictures.size() * shape.size() >> 20) + " MiB, more than the " + (LARGEST >> 20)
                            + " MiB that a dataset in memory may have",
                    "Use a smaller 'size', or fewer images.");
        }
        byte[] pixels = new byte[pictures.size() * shape.size()];
        ConcurrentLinkedQueue<String> unreadable = new ConcurrentLinkedQueue<>();
        boolean[] read = new boolean[pictures.size()];
        Colour background = Colour.parse("black").orElseThrow();
        IntStream.range(0, pictures.size()).parallel().forEach(i -> {
            try {
                byte[] image = PictureFile.read(pictures.get(i).file(), shape, background, fit);
                System.arraycopy(image, 0, pixels, i * shape.size(), shape.size());
                read[i] = true;
            } catch (Failure e) {
                String place = pictures.get(i).place();
                unreadable.add(e.getMessage().startsWith(place) ? e.getMessage() : place + ": " + e.getMessage());
            }
        });
        if (unreadable.size() > MOST_UNREADABLE * pictures.size() && !allowUnreadable
                || unreadable.size() == pictures.size()) {
            throw Failure.data(
                    unreadable.size() + " of " + pictures.size() + " pictures cannot be read:\n  "
                            + Failure.few(unreadable.stream().sorted().toList(), "  "),
                    "Remove or replace them; 'allowUnreadable: true' leaves them out.");
        }
        int[] kept = IntStream.range(0, read.length).filter(i -> read[i]).toArray();
        int[] labels = pictures.stream().mapToInt(LabelledPicture::label).toArray();
        ImageSet all = new ImageSet(shape, pictures.size(), classes, pixels, labels);
        return kept.length == read.length ? all : all.slice(kept);
    }
}
