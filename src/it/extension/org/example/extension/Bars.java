package org.example.extension;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.random.RandomStream;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Extension;
import org.bpfree.settings.TypeName;

/**
 * A dataset: 8x8 images of noise with one bright bar that lies or stands somewhere. Announced in
 * {@code META-INF/services/org.bpfree.settings.Extension}.
 */
public final class Bars implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(Dataset.class);
    }

    /** What {@code data.dataset: bars} names. */
    @TypeName("bars")
    @Doc("8x8x1 bars that lie or stand.")
    public record Dataset() implements DatasetSource {
        private static final int SIDE = 8;
        private static final int NOISE = 128;
        private static final int BRIGHT = 200;

        @Override
        public DatasetDescription describe() {
            return new DatasetDescription(
                    "Bars that lie or stand",
                    new ImageShape(SIDE, SIDE, 1),
                    List.of("lying", "standing"),
                    1000,
                    200,
                    "Apache-2.0, like bpfree",
                    "none needed",
                    "");
        }

        @Override
        public Opened open(Opening opening) {
            return new Opened(
                    () -> draw(describe().trainImages(), RandomStream.of(opening.seed(), "bars/train")),
                    () -> draw(describe().testImages(), RandomStream.of(opening.seed(), "bars/test")));
        }

        private ImageSet draw(int images, RandomGenerator random) {
            byte[] pixels = new byte[images * SIDE * SIDE];
            byte[] labels = new byte[images];
            for (int image = 0; image < images; image++) {
                boolean standing = random.nextBoolean();
                int place = random.nextInt(SIDE);
                labels[image] = (byte) (standing ? 1 : 0);
                for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                    boolean onBar = (standing ? pixel % SIDE : pixel / SIDE) == place;
                    pixels[image * SIDE * SIDE + pixel] = (byte) (onBar ? BRIGHT : random.nextInt(NOISE));
                }
            }
            return new ImageSet(describe().shape(), images, describe().classes(), pixels, labels);
        }
    }
}
