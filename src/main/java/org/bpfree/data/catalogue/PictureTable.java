package org.bpfree.data.catalogue;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataFile;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.bpfree.failure.Failure;
import org.bpfree.files.UserPath;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Pictures that a table names: a file and its class a line, quoted as RFC 4180 says. A first line whose file does not exist is a heading.
 *
 * @param csv the table of the images to learn from, or of all
 * @param test the table of the test images
 * @param root where files lie that are not given with their whole path
 * @param size height and width to which pictures are brought
 * @param channels 1 or 3
 * @param fit what becomes of other proportions
 * @param split how test images are taken where there is no table of them
 * @param allowUnreadable whether more than one picture in a hundred may be unreadable
 */
@TypeName("csv")
@Doc("Pictures of your own that a CSV file names: a file and its class a line.")
public record PictureTable(
        @Doc("The table: a file and its class a line; relative to the working folder.")
        String csv,

        @Doc("The table of the test images; without it they are a share of the others.") @Default("null")
        Optional<String> test,

        @Doc("The folder that the files of the table are relative to; empty for that of the table.") @Default("''")
        String root,

        @Doc("Height and width in pixels to which pictures are brought.")
        @Default("[32, 32]")
        @Range(min = 4, max = 512)
        List<Integer> size,

        @Doc("Channels: 1 is grey, 3 is colour.") @Default("3") @Range(min = 1, max = 3)
        int channels,

        @Doc("What becomes of pictures of other proportions.") @Default("crop")
        PictureFit fit,

        @Doc("Which images are tested where there is no table of them: a share, or {test: 0.2, stratified: true}.")
        @Default("{}")
        TestShare split,

        @Doc("Leave out any number of pictures that cannot be read; otherwise more than one in a hundred is an error.")
        @Default("false")
        boolean allowUnreadable)
        implements OwnImages {
    /** Checks the size. */
    public PictureTable {
        OwnImages.shape(size, channels);
    }

    private ImageShape shape() {
        return OwnImages.shape(size, channels);
    }

    /** A line of a table. */
    private record Line(Path file, String label, String place) {}

    /** What the tables name. */
    private record Listing(List<String> classes, List<LabelledPicture> train, List<LabelledPicture> test) {}

    @Override
    public DatasetDescription describe() {
        Listing listing = listing(new Checksums());
        return OwnImages.describe(csv, shape(), listing.classes, listing.train.size(), listing.test.size());
    }

    @Override
    public Opened open(DataSettings settings, Path dataFolder, long seed, Checksums checksums) {
        Listing listing = listing(checksums);
        int classes = listing.classes.size();
        return new Opened(
                () -> OwnImages.noted(
                        checksums,
                        csv,
                        "training",
                        () -> PictureLoader.load(listing.train, shape(), fit, classes, allowUnreadable)),
                () -> OwnImages.noted(
                        checksums,
                        csv,
                        "test",
                        () -> PictureLoader.load(listing.test, shape(), fit, classes, allowUnreadable)));
    }

    @Override
    public List<Path> files(Path dataFolder) {
        List<Path> files = new ArrayList<>(List.of(UserPath.of(csv)));
        test.map(UserPath::of).ifPresent(files::add);
        return files;
    }

    private Listing listing(Checksums checksums) {
        List<Line> lines = lines(csv, checksums);
        List<String> classes =
                List.copyOf(new TreeSet<>(lines.stream().map(Line::label).toList()));
        if (classes.size() < 2) {
            throw Failure.data(csv + " names " + classes.size() + " class, expected at least 2");
        }
        Map<String, Integer> numbers = new TreeMap<>();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        List<LabelledPicture> all = pictures(lines, numbers);
        if (test.isPresent()) {
            return new Listing(classes, all, pictures(lines(test.get(), checksums), numbers));
        }
        boolean[] isTest =
                split.testImages(all.stream().mapToInt(LabelledPicture::label).toArray());
        return new Listing(classes, part(all, isTest, false), part(all, isTest, true));
    }

    private static List<LabelledPicture> part(List<LabelledPicture> all, boolean[] isTest, boolean test) {
        return IntStream.range(0, all.size())
                .filter(i -> isTest[i] == test)
                .mapToObj(all::get)
                .toList();
    }

    private static List<LabelledPicture> pictures(List<Line> lines, Map<String, Integer> numbers) {
        return lines.stream()
                .map(line -> {
                    if (!numbers.containsKey(line.label)) {
                        throw Failure.data(line.place + ": the class '" + line.label + "' is not among those to learn ("
                                + numbers.size() + " classes)");
                    }
                    return new LabelledPicture(line.file, numbers.get(line.label), line.place);
                })
                .toList();
    }

    private List<Line> lines(String table, Checksums checksums) {
        Path file = UserPath.of(table);
        DataFile content = DataFile.read(file);
        checksums.add(content);
        Path folder = root.isEmpty() ? file.toAbsolutePath().getParent() : UserPath.of(root);
        String text = new String(content.bytes(), StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
        List<Line> lines = new ArrayList<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        try (Reader reader = new StringReader(text);
                CSVParser parser = format.parse(reader)) {
            for (CSVRecord each : parser) {
                String place = table + ":" + parser.getCurrentLineNumber();
                if (each.size() < 2 || each.get(0).isEmpty() || each.get(1).isEmpty()) {
                    throw Failure.data(
                            place + ": has " + each.size() + (each.size() == 1 ? " column" : " columns")
                                    + ", expected a file and its class",
                            "Write lines such as: cats/1.png,cat");
                }
                Path picture = folder.resolve(each.get(0));
                boolean heading = lines.isEmpty() && each.getRecordNumber() == 1 && !Files.exists(picture);
                if (!heading) {
                    lines.add(new Line(picture, each.get(1), place));
                }
            }
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            throw Failure.causedBy(
                    e, Failure.Kind.DATA, table + " is not a table as RFC 4180 has it: " + e.getMessage());
        }
        if (lines.isEmpty()) {
            throw Failure.data(table + " names no picture that exists", "Files are looked for in " + folder + ".");
        }
        return lines;
    }
}
