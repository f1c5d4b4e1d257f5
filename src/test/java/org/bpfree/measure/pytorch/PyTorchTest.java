package org.bpfree.measure.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.learn.Layers;
import org.bpfree.model.ArchitectureSettings;
import org.bpfree.model.ArchitectureSettings.Lenet;
import org.bpfree.model.ArchitectureSettings.Mlp;
import org.bpfree.model.ArchitectureSettings.ResNet20;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.ConvolutionalNetworks.AlexNet;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.model.PoolLayers;
import org.bpfree.model.SequenceLayers;
import org.bpfree.model.SequenceNetworks;
import org.bpfree.model.ShortcutLayers.Shortcut;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where a Python with PyTorch is installed, and is skipped elsewhere; {@link StateDictTest} needs neither. */
@DisplayName("PyTorch, with the loader script,")
class PyTorchTest {
    /** Compares scores, and saves each state dict anew as one who trained it further would. */
    private static final String SCRIPT = """
            import sys, torch
            from bpfree_model import load
            for name in sys.argv[1:]:
                plain = torch.load(name + ".pt")
                expected = torch.load(name + "-expected.pt")
                model = load(name + ".pt")
                scores = model(expected["images"])
                worst = (scores - expected["scores"]).abs().max().item()
                pixels = model.normalize(torch.ones(1, 2, 1, 1)).flatten().tolist() if name == "zoo" else ""
                torch.save(model.state_dict(), name + "-back.pt")
                print(name, list(plain) == list(model.state_dict()) or "keys differ", worst, pixels)
            """;

    private static String python;

    @TempDir
    private Path folder;

    @BeforeAll
    static void findPython() throws IOException, InterruptedException {
        for (String each : List.of("python3", "/usr/bin/python3")) {
            if (python == null && hasTorch(each)) {
                python = each;
            }
        }
        assumeTrue(python != null, "no python3 can import torch");
    }

    private static boolean hasTorch(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "-c", "import torch")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Exported of(ArchitectureSettings architecture, Shape image) {
        return new Exported(Precision.FLOAT64, image, 5, architecture.layers(image, 5));
    }

    /** Layers that no ready network has, each in the place where its layout matters. */
    private static List<LayerSettings> zoo() {
        List<LayerSettings> layers = new ArrayList<>();
        layers.add(Layers.conv(3, 2, 1, Padding.SAME, true));
        layers.add(Layers.activation(ActivationFunction.LEAKY_RELU));
        layers.add(new LayerSettings(new PoolLayers.MaxPool(3, 2, Padding.SAME)));
        layers.add(new LayerSettings("averaged", List.of(), new PoolLayers.AvgPool(2, 1, Padding.SAME)));
        layers.add(new LayerSettings(new SequenceLayers.LayerNorm(1e-5)));
        layers.add(Layers.activation(ActivationFunction.HARD_TANH));
        layers.add(new LayerSettings("joined", List.of(), new BasicLayers.Identity()));
        layers.add(new LayerSettings("product", List.of("joined", "averaged"), new JoinLayers.Multiply()));
        layers.add(new LayerSettings(new PoolLayers.SumPool(2, 1.1)));
        layers.add(new LayerSettings("flat", List.of(), new BasicLayers.Flatten()));
        layers.add(new LayerSettings("row", List.of("product"), new SequenceLayers.Row(1)));
        layers.add(new LayerSettings("both", List.of("flat", "row"), new JoinLayers.Concat()));
        layers.add(Layers.dense(4, true));
        layers.add(Layers.activation(ActivationFunction.GELU));
        layers.add(Layers.dense(5, false));
        return layers;
    }

    private static Map<String, Exported> networks() {
        Map<String, Exported> networks = new LinkedHashMap<>();
        networks.put("lenet", of(new Lenet(ActivationFunction.TANH), Shape.of(28, 28, 1)));
        networks.put("mlp", of(new Mlp(List.of(7, 6), ActivationFunction.SIGMOID), Shape.of(5, 4, 3)));
        networks.put("resnet", of(new ResNet20(ActivationFunction.RELU), Shape.of(9, 8, 3)));
        networks.put("padded", of(new ResNet20(ActivationFunction.RELU, Shortcut.PADDED), Shape.of(9, 8, 3)));
        networks.put("alexnet", of(new AlexNet(ActivationFunction.RELU, 2, 0.5), Shape.of(17, 16, 3)));
        networks.put("zoo", new Exported(Precision.FLOAT64, Shape.of(8, 9, 2), 5, zoo()));
        networks.put("rnn", of(new SequenceNetworks.RowRnn(6, ActivationFunction.TANH), Shape.of(5, 4, 2)));
        networks.put("vit", of(new SequenceNetworks.VitTiny(4, 8, 2, 2, 2), Shape.of(8, 8, 2)));
        networks.put("single", new Exported(Precision.FLOAT32, Shape.of(8, 9, 2), 5, zoo()));
        return networks;
    }

    @Test
    @DisplayName("gives the scores of the network, and its state dict comes back bit for bit")
    void equalScores() throws IOException, InterruptedException {
        Map<String, Exported> networks = networks();
        for (Map.Entry<String, Exported> entry : networks.entrySet()) {
            entry.getValue().write(folder.resolve(entry.getKey() + ".pt"));
            writeExpected(entry.getValue(), folder.resolve(entry.getKey() + "-expected.pt"));
        }
        try (InputStream loader = StateDict.class.getResourceAsStream("bpfree_model.py")) {
            Files.copy(loader, folder.resolve("bpfree_model.py"));
        }
        List<String> command = new ArrayList<>(List.of(python, "-c", SCRIPT));
        command.addAll(networks.keySet());
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        for (Map.Entry<String, Exported> entry : networks.entrySet()) {
            String line = said.lines()
                    .filter(each -> each.startsWith(entry.getKey() + " "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(said));
            String[] words = line.split(" ", 4);
            assertThat(words[1]).as(line).isEqualTo("True");
            assertThat(Double.parseDouble(words[2]))
                    .as(line)
                    .isLessThan(entry.getKey().equals("single") ? 1e-4 : 1e-9);
            if (entry.getKey().equals("zoo")) {
                assertThat(words[3]).isEqualTo("[0.25, 0.75]");
            }
            assertBack(entry.getValue(), folder.resolve(entry.getKey() + "-back.pt"));
        }
    }

    private static void assertBack(Exported exported, Path saved) {
        List<String> wrong = new ArrayList<>();
        assertThat(TorchFile.isOne(saved)).isTrue();
        var back = StateDict.of(exported.graph).tensors(TorchFile.read(saved), wrong);
        assertThat(wrong).isEmpty();
        exported.parameters.asMap().forEach((parameter, value) -> assertThat(
                        back.get(parameter.key()).bytes())
                .as(parameter.key())
                .isEqualTo(value.bytes()));
    }

    private static void writeExpected(Exported exported, Path file) {
        Shape image = exported.graph.imageShape();
        double[] pixels = Stream.of(exported.channelsFirst())
                .flatMap(Stream::of)
                .flatMap(Stream::of)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
        boolean single = exported.images.precision() == Precision.FLOAT32;
        Map<String, TorchArray> expected = new LinkedHashMap<>();
        int[] shape = {Exported.IMAGES, image.extent(2), image.extent(0), image.extent(1)};
        expected.put("images", array(single, shape, pixels));
        expected.put("scores", array(single, new int[] {Exported.IMAGES, exported.graph.classes()}, exported.scores));
        TorchFile.write(file, expected, "{}");
    }

    private static TorchArray array(boolean single, int[] shape, double[] numbers) {
        ByteBuffer elements = ByteBuffer.allocate(numbers.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (double each : numbers) {
            if (single) {
                elements.putFloat((float) each);
            } else {
                elements.putDouble(each);
            }
        }
        return new TorchArray(single ? TorchArray.Type.FLOAT : TorchArray.Type.DOUBLE, shape, elements.flip());
    }
}
