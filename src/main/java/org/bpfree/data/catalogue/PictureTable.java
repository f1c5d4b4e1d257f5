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
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.bpfree.data.DataFile;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.PictureFit;
import org.bpfree.failure.Failure;
import org.bpfree.files.UserPath;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Remembered;
import org.bpfree.settings.SameBlock;
import org.bpfree.settings.TypeName;

/**
 * Pictures that a table names: a file and its class a line, quoted as RFC 4180 says. A first line whose file does not exist is a heading.
 *
 * @param csv the table of the images to learn from, or of all
 * @param test the table of the test images
 * @param root where files lie that are not given with their whole path
 * @param pictures how they become images
 * @param listing which there are
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

        @SameBlock PictureSettings pictures,

        Remembered<PictureTable.Read> listing)
        implements OwnImages {
    /**
     * What the tables hold.
     *
     * @param tables the files, without their content
     */
    record Read(PictureListing listing, List<DataFile> tables) {}

    /** A line of a table. */
    private record Line(Path file, String label, String place) {}

    @Override
    public DatasetDescription describe() {
        return known().listing().describe(csv, pictures);
    }

    @Override
    public Opened open(Opening opening) {
        known().tables().forEach(opening.checksums()::add);
        return known().listing().open(csv, pictures, opening);
    }

    @Override
    public PictureFit fit() {
        return pictures.fit();
    }

    @Override
    public List<Path> files(Path dataFolder) {
        List<Path> files = new ArrayList<>(List.of(UserPath.of(csv)));
        test.map(UserPath::of).ifPresent(files::add);
        return files;
    }

    private Read known() {
        return listing.get(this::read);
    }

    private Read read() {
        List<DataFile> tables = new ArrayList<>();
        List<Line> lines = lines(csv, tables);
        List<String> classes =
                List.copyOf(new TreeSet<>(lines.stream().map(Line::label).toList()));
        if (classes.size() < 2) {
            throw Failure.data(csv + " names " + classes.size() + " class, expected at least 2");
        }
        Map<String, Integer> numbers = new TreeMap<>();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        List<LabelledPicture> all = pictures(lines, numbers);
        PictureListing found = test.isPresent()
                ? new PictureListing(classes, all, pictures(lines(test.get(), tables), numbers))
                : PictureListing.split(classes, all, pictures.split());
        return new Read(found.requireBoth(csv), tables);
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

    private List<Line> lines(String table, List<DataFile> tables) {
        Path file = UserPath.of(table);
        DataFile content = DataFile.read(file);
        tables.add(new DataFile(content.path(), new byte[0], content.sha256()));
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
