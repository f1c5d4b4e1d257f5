package org.bpfree.data.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.files.UserPath;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Pictures in folders: {@code train/CLASS/*.png} beside {@code test/} or {@code val/}, or {@code CLASS/*.png} alone. Classes are the folders in
 * the order of their names.
 *
 * @param folder where they lie
 * @param size height and width to which pictures are brought
 * @param channels 1 or 3
 * @param fit what becomes of other proportions
 * @param split how test images are taken where there is no folder of them
 * @param allowUnreadable whether more than one picture in a hundred may be unreadable
 */
@TypeName("folder")
@Doc("Pictures of your own in folders: train/CLASS/*.png and test/, or CLASS/*.png alone.")
public record PictureFolder(
        @Doc("The folder; relative to the working folder.") String folder,

        @Doc("Height and width in pixels to which pictures are brought.")
        @Default("[32, 32]")
        @Range(min = 4, max = 512)
        List<Integer> size,

        @Doc("Channels: 1 is grey, 3 is colour.") @Default("3") @Range(min = 1, max = 3)
        int channels,

        @Doc("What becomes of pictures of other proportions.") @Default("crop")
        PictureFit fit,

        @Doc(
                "Which images are tested where there is no folder 'test' or 'val': a share, or {test: 0.2, stratified: true}.")
        @Default("{}")
        TestShare split,

        @Doc("Leave out any number of pictures that cannot be read; otherwise more than one in a hundred is an error.")
        @Default("false")
        boolean allowUnreadable)
        implements OwnImages {
    private static final List<String> ENDINGS = List.of("bmp", "gif", "jpeg", "jpg", "png", "tif", "tiff");
    private static final int MOST_CLASSES = 65_535;

    /** Checks the size. */
    public PictureFolder {
        OwnImages.shape(size, channels);
    }

    private ImageShape shape() {
        return OwnImages.shape(size, channels);
    }

    @Override
    public DatasetDescription describe() {
        return listing().describe(folder, shape());
    }

    @Override
    public Opened open(DataSettings settings, Path dataFolder, long seed, Checksums checksums) {
        return listing().open(folder, shape(), fit, allowUnreadable, checksums);
    }

    @Override
    public List<Path> files(Path dataFolder) {
        return List.of(UserPath.of(folder));
    }

    private PictureListing listing() {
        Path root = UserPath.of(folder);
        InputFile.requireVisible(Failure.Kind.DATA, root);
        if (!Files.isDirectory(root)) {
            throw Failure.data(
                    "there is no folder " + root.toAbsolutePath() + " (data.dataset.folder)",
                    "Name a folder with one folder a class, each with pictures, or with 'train' and 'test' of these.");
        }
        Path train = root.resolve("train");
        if (!Files.isDirectory(train)) {
            List<String> classes = classes(root);
            List<LabelledPicture> all = pictures(root, classes);
            return requireBoth(root, PictureListing.split(classes, all, split));
        }
        Path test = Stream.of("test", "val", "valid", "validation")
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> Failure.data(
                        root + " has a folder 'train' and none of test images ('test' or 'val')",
                        "Add one, or put the classes directly into " + root + " and say data.dataset.split."));
        List<String> classes = classes(train);
        List<String> unknown = new ArrayList<>(classes(test));
        unknown.removeAll(classes);
        if (!unknown.isEmpty()) {
            throw Failure.data(
                    test + " has the class '" + unknown.get(0) + "', which " + train + " has not",
                    "A network cannot name what it never saw: add pictures of it, or remove it from the test.");
        }
        return requireBoth(root, new PictureListing(classes, pictures(train, classes), pictures(test, classes)));
    }

    private static PictureListing requireBoth(Path root, PictureListing listing) {
        if (listing.train().isEmpty() || listing.test().isEmpty()) {
            throw Failure.data(
                    root + " gives " + listing.train().size() + " pictures to learn from and "
                            + listing.test().size() + " to test with",
                    "Each needs at least one; pictures end in " + String.join(", ", ENDINGS) + ".");
        }
        return listing;
    }

    private static List<String> classes(Path folder) {
        List<String> classes = children(folder).stream()
                .filter(Files::isDirectory)
                .map(child -> child.getFileName().toString())
                .toList();
        if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
            throw Failure.data(
                    folder + " has " + classes.size() + (classes.size() == 1 ? " folder" : " folders")
                            + " of classes, expected 2 to " + MOST_CLASSES,
                    "Put the pictures of each class into a folder of its own: "
                            + folder.resolve("CLASS").resolve("picture.png"));
        }
        return classes;
    }

    private static List<LabelledPicture> pictures(Path folder, List<String> classes) {
        List<LabelledPicture> pictures = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path of = folder.resolve(classes.get(label));
            int before = pictures.size();
            if (Files.isDirectory(of)) {
                for (Path file : children(of)) {
                    if (isPicture(file)) {
                        pictures.add(new LabelledPicture(file, label, file.toString()));
                    }
                }
            }
            if (pictures.size() == before && !folder.endsWith("test")) {
                throw Failure.data(
                        "the class folder " + of + " has no picture",
                        "Add some, or remove the folder; pictures end in " + String.join(", ", ENDINGS) + ".");
            }
        }
        // By name whatever the class: the first images are of all classes, and images that are numbered keep their
        // order.
        pictures.sort(
                Comparator.comparing(picture -> picture.file().getFileName().toString()));
        return pictures;
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot > 0 && ENDINGS.contains(name.substring(dot + 1));
    }

    /** What a folder holds, hidden files left out, in the order of the names' characters, whatever the locale. */
    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.DATA, folder, e);
        }
    }
}
