package org.bpfree.report;

import com.samskivert.mustache.Mustache;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Normalizer;

/**
 * One HTML file about a dataset: its classes and how many images each has, the mean and the deviation of its channels, a sheet of images, and
 * what is not as it should be. Names of classes may be any text: the template escapes them.
 *
 * @param description of the dataset
 * @param train images to learn from
 * @param test images to be tested on
 * @param warnings on the images, one sentence each
 * @param unreadable pictures that could not be read, one a line
 */
public record DatasetPage(
        DatasetDescription description, ImageSet train, ImageSet test, List<String> warnings, List<String> unreadable) {
    private static final int SHOWN = 8; // images of a class
    private static final int MOST_CLASSES = 200; // that have images on the sheet
    private static final int HEIGHT = 64; // of an image on the sheet, at least
    private static final double WHITE = 255;

    /**
     * The page.
     *
     * @param version of bpfree, for the last line
     */
    public String html(String version) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("style", Resources.text("report.css"));
        page.put("title", description.title());
        page.put("version", version);
        page.put("shape", description.shape().toString());
        page.put("classCount", description.classes());
        page.put("trainImages", train.size());
        page.put("testImages", test.size());
        page.put("licence", description.licence());
        page.put("citation", description.citation());
        page.put("warnings", warnings);
        page.put("unreadable", unreadable);
        page.put("unreadableCount", unreadable.size());
        page.put("channels", channels());
        page.put("classes", classes());
        page.put(
                "sheetLimit",
                description.classes() > MOST_CLASSES
                        ? " Images of the first " + MOST_CLASSES + " classes are shown."
                        : "");
        return Mustache.compiler()
                .zeroIsFalse(true)
                .compile(Resources.text("dataset.mustache"))
                .execute(page);
    }

    private List<Map<String, Object>> channels() {
        Normalizer measured = Normalizer.of(Normalization.PER_CHANNEL, train);
        List<Map<String, Object>> channels = new ArrayList<>();
        for (int channel = 0; channel < measured.channels(); channel++) {
            double deviation = 1 / measured.scale()[channel];
            double mean = -measured.shift()[channel] * deviation;
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", channelName(channel));
            row.put("mean", number(mean));
            row.put("deviation", number(deviation));
            row.put("meanShare", share(mean));
            row.put("deviationShare", share(deviation));
            channels.add(row);
        }
        return channels;
    }

    private String channelName(int channel) {
        int channels = description.shape().channels();
        boolean opacity = channels % 2 == 0 && channel == channels - 1;
        return opacity
                ? "opacity"
                : channels < 3 ? "grey" : List.of("red", "green", "blue").get(channel);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value / WHITE);
    }

    private List<Map<String, Object>> classes() {
        int[] learned = counts(train);
        int[] tested = counts(test);
        List<List<Integer>> first = firstOfClasses();
        List<Map<String, Object>> classes = new ArrayList<>();
        for (int label = 0; label < learned.length; label++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("number", label);
            row.put("name", description.classNames().get(label));
            row.put("train", learned[label]);
            row.put("test", tested[label]);
            row.put("trainShare", String.format(Locale.ROOT, "%.2f", 100.0 * learned[label] / train.size()));
            boolean shown = label < MOST_CLASSES && !first.get(label).isEmpty();
            row.put("sheet", shown ? PixelImage.dataAddress(sheet(first.get(label))) : false);
            classes.add(row);
        }
        return classes;
    }

    private int[] counts(ImageSet images) {
        int[] counts = new int[description.classes()];
        for (int i = 0; i < images.size(); i++) {
            counts[images.label(i)]++;
        }
        return counts;
    }

    private List<List<Integer>> firstOfClasses() {
        List<List<Integer>> first = new ArrayList<>();
        description.classNames().forEach(name -> first.add(new ArrayList<>()));
        for (int i = 0; i < train.size(); i++) {
            List<Integer> known = first.get(train.label(i));
            if (known.size() < SHOWN) {
                known.add(i);
            }
        }
        return first;
    }

    /** Images side by side, each enlarged by a whole number where it is small. */
    private BufferedImage sheet(List<Integer> images) {
        ImageShape shape = description.shape();
        int zoom = Math.max(1, HEIGHT / shape.height());
        int pitch = zoom * shape.width() + 2;
        BufferedImage sheet =
                new BufferedImage(pitch * images.size(), zoom * shape.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        for (int i = 0; i < images.size(); i++) {
            BufferedImage image = PixelImage.ofBytes(
                    train.read(images.get(i), 1), 0, shape.height(), shape.width(), shape.channels());
            graphics.drawImage(image, i * pitch, 0, zoom * shape.width(), zoom * shape.height(), null);
        }
        graphics.dispose();
        return sheet;
    }
}
