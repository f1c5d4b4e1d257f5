package org.bpfree.data.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/**
 * Tiny ImageNet (Stanford CS231N): 100,000 JPEG pictures to learn from in folders of their classes, and 10,000 validation pictures in one
 * folder with a table, which are the test images here, since those of the published test have no labels.
 */
@TypeName("tiny-imagenet")
@Doc(
        "64x64x3 photographs of 200 classes; unpack tiny-imagenet-200.zip into the folder tiny-imagenet of the data folder.")
public record TinyImageNet() implements DatasetSource {
    private static final int CLASSES = 200;
    private static final int TRAIN = 100_000;
    private static final int TEST = 10_000;
    private static final ImageShape SHAPE = new ImageShape(64, 64, 3);
    private static final PictureSettings PICTURES = new PictureSettings(
            List.of(SHAPE.height(), SHAPE.width()),
            SHAPE.channels(),
            PictureFit.STRETCH,
            new TestShare(0.5, true),
            false);
    private static final String ROOT = "tiny-imagenet-200";

    @Override
    public DatasetDescription describe() {
        return new DatasetDescription(
                "Tiny ImageNet photographs",
                SHAPE,
                IntStream.range(0, CLASSES)
                        .mapToObj(number -> "class " + number)
                        .toList(),
                TRAIN,
                TEST,
                "that of ImageNet: for non-commercial research",
                "Le, Yang: Tiny ImageNet visual recognition challenge. Stanford CS231N, 2015.",
                "http://cs231n.stanford.edu/tiny-imagenet-200.zip");
    }

    @Override
    public PictureFit fit() {
        return PICTURES.fit();
    }

    @Override
    public List<Path> files(Path dataFolder) {
        Path root = dataFolder.resolve(name()).resolve(ROOT);
        return List.of(
                root.resolve("wnids.txt"),
                root.resolve("train"),
                root.resolve("val").resolve("val_annotations.txt"));
    }

    @Override
    public Opened open(Opening opening) {
        List<Path> missing = missing(opening.dataFolder());
        if (!missing.isEmpty()) {
            throw Failure.data(
                    "The dataset '" + name() + "' is not complete: " + missing.get(0) + " is missing",
                    "Fetch " + describe().homePage() + " and unpack it into "
                            + opening.dataFolder().resolve(name()) + ".");
        }
        Path root = opening.dataFolder().resolve(name()).resolve(ROOT);
        List<String> classes = lines(root.resolve("wnids.txt"));
        if (classes.size() != CLASSES) {
            throw Failure.data(
                    root.resolve("wnids.txt") + " names " + classes.size() + " classes, expected " + CLASSES);
        }
        return new PictureListing(classes, train(root, classes), test(root, classes)).open(name(), PICTURES, opening);
    }

    private static List<LabelledPicture> train(Path root, List<String> classes) {
        List<LabelledPicture> pictures = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path folder = root.resolve("train").resolve(classes.get(label)).resolve("images");
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    pictures.add(new LabelledPicture(file, label, file.toString()));
                }
            } catch (IOException e) {
                throw InputFile.cannotRead(Failure.Kind.DATA, folder, e);
            }
        }
        return pictures;
    }

    /** Lines of a picture and its class, then its box, separated by tabulators. */
    private static List<LabelledPicture> test(Path root, List<String> classes) {
        Path table = root.resolve("val").resolve("val_annotations.txt");
        List<LabelledPicture> pictures = new ArrayList<>();
        List<String> lines = lines(table);
        for (int i = 0; i < lines.size(); i++) {
            String[] columns = lines.get(i).split("\t");
            String place = table + ":" + (i + 1);
            int label = columns.length < 2 ? -1 : classes.indexOf(columns[1]);
            if (label < 0) {
                throw Failure.data(place + ": expected a picture and one of the " + CLASSES + " classes");
            }
            pictures.add(
                    new LabelledPicture(root.resolve("val").resolve("images").resolve(columns[0]), label, place));
        }
        return pictures;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.DATA, file, e);
        }
    }
}
