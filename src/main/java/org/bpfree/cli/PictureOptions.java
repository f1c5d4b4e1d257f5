package org.bpfree.cli;

import java.nio.file.Path;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.bpfree.data.format.Colour;
import org.bpfree.data.format.PictureFile;
import org.bpfree.failure.Failure;
import picocli.CommandLine.Option;

/** How pictures of one's own become images of a dataset. */
final class PictureOptions {
    /** What happens to a picture, for the help of commands. */
    static final String TREATMENT =
            "Turned upright (EXIF), laid on the background, made grey (0.299 R + 0.587 G + 0.114 B)"
                    + " where the network was trained on grey images, and brought to their size: the average of the area where a"
                    + " picture shrinks, bilinear where it grows. Colour profiles are not applied.";

    @Option(
            names = "--background",
            paramLabel = "COLOUR",
            description = "What shows through transparent pixels: black, grey, white or #RRGGBB."
                    + " Default: ${DEFAULT-VALUE}.")
    private String background = "black";

    /** The pixels of a picture, as {@link PictureFile#read} gives them; fitted as those of the dataset were. */
    byte[] read(Path file, ImageShape shape, PictureFit fit) {
        return PictureFile.read(file, shape, colour(), fit);
    }

    private Colour colour() {
        return Colour.parse(background)
                .orElseThrow(() -> Failure.usage(
                        "--background " + background + " is no colour: expected black, grey, white or #RRGGBB",
                        "Write --background white, or --background '#ffcc00' (in quotes: # begins a comment in a"
                                + " shell)."));
    }
}
