package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of JPEG pictures to a trained network, its report and a prediction. */
class OwnImagesIT {
    private static final int DATA = 3;
    private static final String HOSTILE = "<img onerror=alert(1)>";

    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void draw() throws IOException {
        bpfree = Bpfree.in(folder);
        for (int i = 0; i < 40; i++) {
            picture("pictures/discs/" + i + ".jpg", i, true);
            picture("pictures/" + HOSTILE + "/" + i + ".jpg", i, false);
        }
        bpfree.file("own.yaml", """
                name: own
                data: {dataset: {folder: pictures, size: [12, 12], channels: 3}, validation: 8}
                model: {layers: [{type: conv, filters: 4, kernel: 3}, {type: activation, function: tanh}, {type: flatten}, {type: dense, units: 2}]}
                learner: {type: frsf}
                optimizer: {type: sgd, learningRate: 0.05, momentum: 0.9}
                training: {epochs: 8, batchSize: 8}
                """);
    }

    @Test
    void threeCommandsTrainReportAndPredict() throws IOException {
        bpfree.run("train", "--config", "own.yaml", "--run-dir", "run").exits(0);
        bpfree.run("report", "run", "-o", "page.html").exits(0);
        Outcome predicted = bpfree.run("predict", "run", "pictures/discs/3.jpg").exits(0);

        assertThat(predicted.out()).contains("discs");
        assertThat(Files.readString(folder.resolve("page.html"))).doesNotContain(HOSTILE);
        assertThat(Files.readString(folder.resolve("run/manifest.json"))).contains("pictures (training images)");
    }

    @Test
    void figuresTakeClassesOfAnyName() throws Exception {
        bpfree.run("train", "--config", "own.yaml", "--run-dir", "run").exits(0);
        bpfree.run("features", "run", "--image", "0,1,2,3,4,5,6,7", "-o", "figures", "--format", "svg")
                .exits(0);
        bpfree.run("features", "run", "--image", "0", "-o", "figures", "--format", "pdf")
                .exits(0);

        StringBuilder texts = new StringBuilder();
        for (int image = 0; image < 8; image++) {
            // A parser that needs no type definition from the network.
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
            parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            texts.append(parsers.newDocumentBuilder()
                    .parse(folder.resolve("figures/test-0000" + image + ".svg").toFile())
                    .getDocumentElement()
                    .getTextContent());
        }
        assertThat(texts).contains("class: " + HOSTILE);
        assertThat(folder.resolve("figures/test-00000.pdf")).isNotEmptyFile();
    }

    @Test
    void picturesThatHaveChangedSinceTheRunAreTold() throws IOException {
        bpfree.run("train", "--config", "own.yaml", "--run-dir", "run").exits(0);
        picture("pictures/discs/0.jpg", 77, false);

        assertThat(bpfree.run("eval", "run").exits(0).err()).contains("has changed since the run began");
        bpfree.run("eval", "run", "--strict").exits(DATA);
    }

    @Test
    void aFolderThatIsNotThereIsAnErrorOfTheData() {
        bpfree.run("train", "--config", "own.yaml", "--set", "data.dataset.folder=nowhere")
                .exits(DATA);
    }

    private void picture(String name, int seed, boolean disc) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(40 + seed % 5 * 10, 60, 60));
        graphics.fillRect(0, 0, 40, 30);
        graphics.setColor(Color.WHITE);
        if (disc) {
            graphics.fillOval(8 + seed % 4, 4 + seed % 3, 20, 20);
        } else {
            graphics.fillRect(4 + seed % 5, 2, 6, 26);
        }
        graphics.dispose();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "jpg", file.toFile());
    }
}
