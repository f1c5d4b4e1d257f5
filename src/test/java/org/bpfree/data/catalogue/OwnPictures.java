package org.bpfree.data.catalogue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.bpfree.data.DataSettings;
import org.bpfree.data.ReadingListener;
import org.bpfree.data.Splits;
import org.bpfree.experiment.ExperimentLoader;

/** Pictures for tests, and the experiments that read them. */
class OwnPictures implements ReadingListener {
    final List<String> warnings = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> work = new ArrayList<>();
    private final Path folder;

    /** Pictures below a folder, which is the data folder, too. */
    OwnPictures(Path folder) {
        this.folder = folder;
    }

    @Override
    public void progress(String done, long count, long total) {
        work.add(done);
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    /** A picture of one shade of grey. */
    Path picture(String name, int grey) {
        return picture(name, grey, 8, 8);
    }

    Path picture(String name, int grey, int height, int width) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < height * width; i++) {
            picture.getRaster().setSample(i % width, i / width, 0, grey);
        }
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            ImageIO.write(picture, "png", file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The block {@code data} of a dataset, in which DIR stands for the folder. */
    DataSettings settings(String dataset, int classes) {
        return ExperimentLoader.installed()
                .read("experiment", """
                name: own
                data: {dataset: %s}
                model: {layers: [{type: flatten}, {type: dense, units: %d}]}
                learner: {type: backprop}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1}
                """.formatted(dataset.replace("DIR", folder.toString()), classes), List.of())
                .experiment()
                .data();
    }

    /** A dataset of two classes. */
    Splits open(String dataset) {
        return DatasetLoader.open(settings(dataset, 2), folder, 1, this);
    }
}
