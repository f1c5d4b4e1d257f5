package org.bpfree.data.catalogue;

import java.util.List;
import java.util.Map;
import org.bpfree.binding.SettingsLoader;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DataSettings.Synthetic;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.ImageShape;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/** Images drawn from the seed, as {@code data.synthetic} says; see {@link SyntheticImages}. */
@TypeName("synthetic")
@Doc("Images generated from the seed.")
public record SyntheticDataset() implements DatasetSource {
    private static final List<String> CLASS_NAMES = List.of(
            "level stripes",
            "upright stripes",
            "rising stripes",
            "falling stripes",
            "checkerboard",
            "disc",
            "ring",
            "cross",
            "frame",
            "dots");

    @Override
    public DatasetDescription describe() {
        return describe(new SettingsLoader(new SettingsTypes(Map.of()))
                .load(Synthetic.class, "data.synthetic", "{}", "a block")
                .settings());
    }

    @Override
    public DatasetDescription describe(DataSettings settings) {
        return describe(settings.synthetic());
    }

    private static DatasetDescription describe(Synthetic settings) {
        return new DatasetDescription(
                "Generated textures and shapes",
                shape(settings),
                CLASS_NAMES,
                settings.train(),
                settings.test(),
                "Apache-2.0, like bpfree",
                "none needed",
                "");
    }

    private static ImageShape shape(Synthetic settings) {
        return new ImageShape(settings.size(), settings.size(), settings.channels());
    }

    @Override
    public Opened open(Opening opening) {
        Synthetic images = opening.settings().synthetic();
        ImageShape shape = shape(images);
        long seed = opening.seed();
        return new Opened(
                () -> SyntheticImages.of(shape, images.train(), seed, SyntheticImages.TRAIN),
                () -> SyntheticImages.of(shape, images.test(), seed, SyntheticImages.TEST));
    }
}
