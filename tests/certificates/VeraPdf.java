// Asks veraPDF about each file named on standard input: a line for each standard, with its faults.
// Java runs this file as it is. See verapdf.py.

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class VeraPdf {
    static final PDFAFlavour[] STANDARDS = {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_3_A};

    public static void main(String[] none) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String path = in.readLine(); path != null; path = in.readLine()) {
            for (PDFAFlavour standard : STANDARDS) {
                out.println(path + "\t" + standard.getId() + "\t" + faults(path, standard));
            }
        }
    }

    static String faults(String path, PDFAFlavour standard) {
        try (PDFAParser file = Foundries.defaultInstance().createParser(new File(path), standard);
                PDFAValidator judge =
                        Foundries.defaultInstance().createValidator(standard, false)) {
            ValidationResult found = judge.validate(file);
            TreeSet<String> faults = new TreeSet<>();
            for (TestAssertion each : found.getTestAssertions()) {
                faults.add(each.getRuleId().getClause() + ": " + each.getMessage());
            }
            String said = String.join(" | ", faults).replaceAll("\\s+", " ");
            return found.isCompliant() || !said.isEmpty() ? said : "not compliant";
        } catch (Exception fault) {
            return "cannot be read: " + fault.toString().replaceAll("\\s+", " ");
        }
    }
}
