package org.bpfree.report.figure;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SimpleImageHandler;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A figure as an SVG document that needs nothing beside it. */
final class SvgPage {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final String FAMILY = "font-family";
    private static final String SIZE = "font-size";

    /** Puts images into the document as PNG files. */
    private static final class Embedded extends DefaultImageHandler {
        @Override
        protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
            element.setAttributeNS(
                    XLINK,
                    "xlink:href",
                    "data:image/png;base64,"
                            + Base64.getEncoder().encodeToString(FigureFormat.encoded((BufferedImage) image)));
        }

        @Override
        protected void handleHREF(Image image, Element element, SVGGeneratorContext context) {
            handleHREF((RenderedImage) image, element, context);
        }

        @Override
        protected void handleHREF(RenderableImage image, Element element, SVGGeneratorContext context) {
            handleHREF(image.createDefaultRendering(), element, context);
        }
    }

    private SvgPage() {}

    static byte[] of(Figure figure) {
        Document document = document();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setGenericImageHandler(new SimpleImageHandler(new Embedded()));
        context.setComment(null);
        SVGGraphics2D page = new SVGGraphics2D(context, false);
        FigureFormat.draw(figure, page);
        Element root = page.getRoot();
        root.setAttribute("width", number(figure.width()));
        root.setAttribute("height", number(figure.height()));
        root.setAttribute("viewBox", "0 0 " + number(figure.width()) + " " + number(figure.height()));
        root.setAttribute("role", "img");
        Element title = document.createElementNS(SVG, "title");
        title.setTextContent(FigureText.plain(figure.title()));
        root.insertBefore(title, root.getFirstChild());
        finish(root);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            page.stream(root, writer, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return bytes.toByteArray();
    }

    /** Machines without the typeface take another one, squeezed to the same widths, and viewers keep the pixels of images apart. */
    private static void finish(Element root) {
        NodeList all = root.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getAttribute(FAMILY).contains(FigureText.family())) {
                element.setAttribute(FAMILY, "'" + FigureText.family() + "', Arial, Helvetica, sans-serif");
            }
            if (element.getTagName().equals("text")) {
                double width = FigureText.width(element.getTextContent(), size(element));
                element.setAttribute("textLength", String.format(Locale.ROOT, "%.2f", width));
                element.setAttribute("lengthAdjust", "spacingAndGlyphs");
            }
            if (element.getTagName().equals("image")) {
                element.setAttribute("image-rendering", "pixelated");
            }
        }
    }

    /** The size of the letters, which groups around the text may say. */
    private static float size(Element text) {
        Element from = text;
        while (!from.hasAttribute(SIZE)) {
            from = (Element) from.getParentNode();
        }
        return Float.parseFloat(from.getAttribute(SIZE).replace("px", ""));
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has a parser of XML", e);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.0f", Math.ceil(value));
    }
}
