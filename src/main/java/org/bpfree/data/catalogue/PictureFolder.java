package org.bpfree.data.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.PictureFit;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.files.UserPath;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Remembered;
import org.bpfree.settings.SameBlock;
import org.bpfree.settings.TypeName;

/**
 * Pictures in folders: {@code train/CLASS/*.png} beside {@code test/} or {@code val/}, or {@code CLASS/*.png} alone. Classes are the folders in
 * the order of their names.
 *
 * @param folder where they lie
 * @param pictures how they become images
 * @param listing which there are
 */
@TypeName("folder")
@Doc("Pictures of your own in folders: train/CLASS/*.png and test/, or CLASS/*.png alone.")
public record PictureFolder(
        @Doc("The folder; relative to the working folder.") String folder,

        @SameBlock PictureSettings pictures,

        Remembered<PictureListing> listing)
        implements OwnImages {
    private static final List<String> ENDINGS = List.of("bmp", "gif", "jpeg", "jpg", "png", "tif", "tiff");
    private static final List<String> TEST_FOLDERS = List.of("test", "val", "valid", "validation");
    private static final int MOST_CLASSES = 65_535;

    @Override
    public DatasetDescription describe() {
        return known().describe(folder, pictures);
    }

    @Override
    public Opened open(Opening opening) {
        return known().open(folder, pictures, opening);
    }

    @Override
    public PictureFit fit() {
        return pictures.fit();
    }

    @Override
    public List<Path> files(Path dataFolder) {
        return List.of(UserPath.of(folder));
    }

    private PictureListing known() {
        return listing.get(this::list);
    }

    private PictureListing list() {
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
            requireEach(root, classes, all);
            return PictureListing.split(classes, all, pictures.split()).requireBoth(root.toString());
        }
        Path test = TEST_FOLDERS.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> Failure.data(
                        root + " has a folder 'train' and none of test images ('test' or 'val')",
                        "Add one, or put the classes directly into " + root + " and say data.dataset.split."));
        List<String> classes = classes(train);
        List<String> unknown = new ArrayList<>(folders(test));
        unknown.removeAll(classes);
        if (!unknown.isEmpty()) {
            throw Failure.data(
                    test + " has the class '" + unknown.get(0) + "', which " + train + " has not",
                    "A network cannot name what it never saw: add pictures of it, or remove it from the test.");
        }
        List<LabelledPicture> learned = pictures(train, classes);
        requireEach(train, classes, learned);
        return new PictureListing(classes, learned, pictures(test, classes)).requireBoth(root.toString());
    }

    private static List<String> classes(Path folder) {
        List<String> classes = folders(folder);
        if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
            throw Failure.data(
                    folder + " has " + classes.size() + (classes.size() == 1 ? " folder" : " folders")
                            + " of classes, expected 2 to " + MOST_CLASSES,
                    "Put the pictures of each class into a folder of its own: "
                            + folder.resolve("CLASS").resolve("picture.png"));
        }
        return classes;
    }

    private static List<String> folders(Path folder) {
        return children(folder).stream()
                .filter(Files::isDirectory)
                .map(child -> child.getFileName().toString())
                .toList();
    }

    private static List<LabelledPicture> pictures(Path folder, List<String> classes) {
        List<LabelledPicture> pictures = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path of = folder.resolve(classes.get(label));
            if (Files.isDirectory(of)) {
                for (Path file : children(of)) {
                    if (isPicture(file)) {
                        pictures.add(new LabelledPicture(file, label, file.toString()));
                    }
                }
            }
        }
        // By name whatever the class: the first images are of all classes, and images that are numbered keep their
        // order.
        pictures.sort(
                Comparator.comparing(picture -> picture.file().getFileName().toString()));
        return pictures;
    }

    /** Refuses a class without pictures to learn from; that the test has none of a class is no harm. */
    private static void requireEach(Path folder, List<String> classes, List<LabelledPicture> pictures) {
        boolean[] has = new boolean[classes.size()];
        pictures.forEach(picture -> has[picture.label()] = true);
        for (int label = 0; label < has.length; label++) {
            if (!has[label]) {
                throw Failure.data(
                        "the class folder " + folder.resolve(classes.get(label)) + " has no picture",
                        "Add some, or remove the folder; pictures end in " + String.join(", ", ENDINGS) + ".");
            }
        }
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
