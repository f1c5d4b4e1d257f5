package org.bpfree.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@DisplayName("A file of a figure")
class FigureFormatTest {
    private static final String HOSTILE = "a<b>&\"c\"' ]]> \u0000\u0007\u001b\uD800 %$\\ )( \uFFFE";

    @TempDir
    private Path folder;

    private static ChartFigure chart(String name) {
        ChartPanel panel = new ChartPanel(
                name,
                ChartAxis.of(name, 0, 2),
                ChartAxis.of(name, 0, 100),
                List.of(
                        new ChartPanel.Line(
                                0, new double[] {0, 1, 2}, new double[] {50, 40, 30}, new double[] {1, 2, 3}),
                        ChartPanel.Line.of(1, new double[] {0, 1, 2}, new double[] {20, Double.NaN, 10})),
                List.of(new ChartPanel.Mark(name, 10)));
        return new ChartFigure(
                name,
                name,
                List.of(new ChartFigure.Entry(name, "backprop"), new ChartFigure.Entry(name + "2", "ekdaa")),
                List.of(panel));
    }

    private static MapSheet sheet(String name) {
        Cells cells = new Cells(name, "channels", 2, 2, 1, 1, List.of(new double[] {-1, 0, Double.NaN, 1}));
        return new MapSheet(
                name,
                name,
                Optional.of(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB)),
                List.of(new MapSheet.Column(name, name, List.of(cells))));
    }

    private static Document parsed(byte[] svg) throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setNamespaceAware(true);
        parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return parsers.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static List<String> texts(Document svg) {
        NodeList all = svg.getElementsByTagNameNS("*", "text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            texts.add(all.item(i).getTextContent().strip());
        }
        return texts;
    }

    @Test
    @DisplayName("is of the kind that its ending says, in letters of either case")
    void ending() {
        assertThat(FigureFormat.of(Path.of("a.b/cost.PNG"))).isEqualTo(FigureFormat.png);
        assertThat(FigureFormat.of(Path.of("cost.old.svg"))).isEqualTo(FigureFormat.svg);
        assertThat(FigureFormat.of(Path.of("cost.pdf"))).isEqualTo(FigureFormat.pdf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cost.gif", "cost", "png", "a.svg/cost", "cost.svg.gz"})
    @DisplayName("of no known ending is refused, with those that there are")
    void unknownEnding(String file) {
        assertThatThrownBy(() -> FigureFormat.of(Path.of(file)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file)
                .hasMessageContaining(".png, .svg, .pdf");
    }

    @Test
    @DisplayName("as SVG is XML whose text is text, with a title and the size in its view box")
    void svg() throws Exception {
        Document svg = parsed(FigureFormat.svg.bytes(chart("ekdaa & friends")));

        assertThat(svg.getDocumentElement().getLocalName()).isEqualTo("svg");
        assertThat(svg.getDocumentElement().getAttribute("viewBox"))
                .isEqualTo("0 0 672 " + (int) Math.ceil(chart("ekdaa & friends").height()));
        assertThat(svg.getElementsByTagNameNS("*", "title").item(0).getTextContent())
                .isEqualTo("ekdaa & friends");
        assertThat(texts(svg)).contains("ekdaa & friends", "ekdaa & friends 10", "0", "20", "100");
    }

    @Test
    @DisplayName("as SVG says how long each text is, so that other typefaces do not make texts overlap")
    void svgLengths() throws Exception {
        Document svg = parsed(FigureFormat.svg.bytes(chart("a long title")));
        Element title = (Element) svg.getElementsByTagNameNS("*", "text").item(0);

        assertThat(title.getTextContent()).isEqualTo("a long title");
        assertThat(Double.parseDouble(title.getAttribute("textLength")))
                .isCloseTo(FigureText.width("a long title", FigureText.TITLE), within(0.01));
    }

    @Test
    @DisplayName("as SVG holds maps as pictures inside, whose pixels stay apart")
    void svgMaps() throws Exception {
        NodeList images = parsed(FigureFormat.svg.bytes(sheet("conv1"))).getElementsByTagNameNS("*", "image");

        assertThat(images.getLength()).as("image, maps, scale").isEqualTo(3);
        for (int i = 0; i < images.getLength(); i++) {
            assertThat(images.item(i)
                            .getAttributes()
                            .getNamedItemNS("http://www.w3.org/1999/xlink", "href")
                            .getNodeValue())
                    .startsWith("data:image/png;base64,");
            assertThat(images.item(i).getAttributes().getNamedItem("style").getNodeValue())
                    .contains("image-rendering:pixelated");
        }
    }

    @Test
    @DisplayName("as PDF opens, is one page of its size, can be searched, and has its typeface inside")
    void pdf() throws IOException {
        Figure figure = chart("Accuracy under attack");
        try (PDDocument pdf = Loader.loadPDF(FigureFormat.pdf.bytes(figure))) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Accuracy under attack");
            PDPage page = pdf.getPage(0);
            assertThat(page.getMediaBox().getWidth()).isCloseTo((float) (0.75 * figure.width()), within(1f));
            assertThat(page.getMediaBox().getHeight()).isCloseTo((float) (0.75 * figure.height()), within(1f));
            assertThat(new PDFTextStripper().getText(pdf)).contains("Accuracy under attack", "100", "80");
            COSName form = page.getResources().getXObjectNames().iterator().next();
            PDFormXObject drawn = (PDFormXObject) page.getResources().getXObject(form);
            for (COSName font : drawn.getResources().getFontNames()) {
                assertThat(drawn.getResources().getFont(font).isEmbedded()).isTrue();
            }
            assertThat(drawn.getResources().getFontNames()).isNotEmpty();
        }
    }

    @Test
    @DisplayName(
            "is read again whatever names hold: markup, controls, halves of characters, scripts the typeface lacks")
    void hostileNames() throws Exception {
        for (String name : List.of(HOSTILE, "日本語 العربية 🦊", "")) {
            for (Figure figure : List.of(chart(name), sheet(name))) {
                Document svg = parsed(FigureFormat.svg.bytes(figure));
                assertThat(svg.getElementsByTagNameNS("*", "b").getLength()).isZero();
                try (PDDocument pdf = Loader.loadPDF(FigureFormat.pdf.bytes(figure))) {
                    assertThat(pdf.getNumberOfPages()).isEqualTo(1);
                }
                assertThat(ImageIO.read(new ByteArrayInputStream(FigureFormat.png.bytes(figure))))
                        .isNotNull();
            }
        }
        assertThat(texts(parsed(FigureFormat.svg.bytes(chart("a<b>&c"))))).contains("a<b>&c");
    }

    @ParameterizedTest
    @EnumSource(FigureFormat.class)
    @DisplayName("has equal bytes for equal figures")
    void equalBytes(FigureFormat format) throws IOException {
        assertThat(format.bytes(chart("a"))).isEqualTo(format.bytes(chart("a")));
        assertThat(format.bytes(sheet("a"))).isEqualTo(format.bytes(sheet("a")));
        assertThat(format.bytes(chart("a"))).as("negative control").isNotEqualTo(format.bytes(chart("b")));
    }

    @Test
    @DisplayName("lies where it was asked for, in a folder that is made")
    void written() throws IOException {
        Path file = folder.resolve("new/figure.png");
        FigureFormat.of(file).write(file, chart("a"));

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).as("two pixels to one of CSS").isEqualTo(2 * 672);
        assertThat(Files.list(file.getParent())).hasSize(1);
    }
}
