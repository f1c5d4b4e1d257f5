package org.bpfree.report.figure;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.util.Matrix;

/** A figure as a PDF document of one page of its size, with the letters it uses of its typeface. */
final class PdfPage {
    private static final float POINTS = 0.75f; // 72 an inch, to a pixel of CSS

    private PdfPage() {}

    static byte[] of(Figure figure) throws IOException {
        float width = (float) Math.ceil(figure.width());
        float height = (float) Math.ceil(figure.height());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument();
                InputStream typeface = FigureText.file()) {
            PDDocumentInformation facts = new PDDocumentInformation();
            facts.setTitle(FigureText.plain(figure.title()));
            facts.setCreator("bpfree");
            document.setDocumentInformation(facts);
            document.setDocumentId(1L); // in the place of the time, so that equal figures have equal bytes
            PDPage sheet = new PDPage(new PDRectangle(POINTS * width, POINTS * height));
            document.addPage(sheet);
            PdfBoxGraphics2D page = new PdfBoxGraphics2D(document, width, height);
            PdfBoxGraphics2DFontTextDrawer text = new PdfBoxGraphics2DFontTextDrawer();
            text.registerFont(FigureText.family(), PDType0Font.load(document, typeface, true));
            page.setFontTextDrawer(text);
            FigureFormat.draw(figure, page);
            page.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, sheet)) {
                content.transform(Matrix.getScaleInstance(POINTS, POINTS));
                content.drawForm(page.getXFormObject());
            }
            document.save(bytes);
        }
        return bytes.toByteArray();
    }
}
