import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IBundleCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.tools.ExecFileLoader;
import org.jacoco.report.DirectorySourceFileLocator;
import org.jacoco.report.FileMultiReportOutput;
import org.jacoco.report.IReportGroupVisitor;
import org.jacoco.report.IReportVisitor;
import org.jacoco.report.html.HTMLFormatter;

/**
 * Prints what JaCoCo measured, one line for each module, and writes the pages that show it line by line. Started by
 * {@code itests/run} as a source file: measured data, folder for the pages, folders of classes.
 */
final class Coverage {
  private Coverage() {}

  public static void main(String[] arguments) throws IOException {
    ExecFileLoader measured = new ExecFileLoader();
    measured.load(new File(arguments[0]));
    Map<String, IBundleCoverage> modules = new TreeMap<>();
    Map<String, File> sources = new TreeMap<>();
    for (String folder : Arrays.copyOfRange(arguments, 2, arguments.length)) {
      File classes = new File(folder);
      if (classes.isDirectory()) {
        File module = classes.getParentFile().getParentFile();
        String name = module.getParentFile().getName() + " " + module.getName();
        CoverageBuilder builder = new CoverageBuilder();
        new Analyzer(measured.getExecutionDataStore(), builder).analyzeAll(classes);
        modules.put(name, builder.getBundle(name));
        sources.put(name, new File(module, "src/main/java"));
      }
    }
    pages(new File(arguments[1]), measured, modules, sources);
    print(modules);
    System.out.println("Line by line: " + arguments[1] + "/index.html");
  }

  private static void pages(
      File folder, ExecFileLoader measured, Map<String, IBundleCoverage> modules, Map<String, File> sources)
      throws IOException {
    IReportVisitor visitor = new HTMLFormatter().createVisitor(new FileMultiReportOutput(folder));
    visitor.visitInfo(
        measured.getSessionInfoStore().getInfos(), measured.getExecutionDataStore().getContents());
    IReportGroupVisitor group = visitor.visitGroup("Ladang");
    for (Map.Entry<String, IBundleCoverage> module : modules.entrySet()) {
      group.visitBundle(
          module.getValue(), new DirectorySourceFileLocator(sources.get(module.getKey()), "utf-8", 2));
    }
    visitor.visitEnd();
  }

  private static void print(Map<String, IBundleCoverage> modules) {
    System.out.println("\nCoverage, child processes included");
    int[] sum = new int[4];
    modules.forEach(
        (name, module) -> {
          ICounter lines = module.getLineCounter();
          ICounter branches = module.getBranchCounter();
          line(name, lines.getCoveredCount(), lines.getTotalCount(), branches.getCoveredCount(), branches.getTotalCount());
          sum[0] += lines.getCoveredCount();
          sum[1] += lines.getTotalCount();
          sum[2] += branches.getCoveredCount();
          sum[3] += branches.getTotalCount();
        });
    line("all", sum[0], sum[1], sum[2], sum[3]);
  }

  private static void line(String name, int lines, int allLines, int branches, int allBranches) {
    if (allLines > 0) {
      System.out.printf(
          Locale.ROOT,
          "  %-20s %5.1f %% of %6d lines   %5.1f %% of %6d branches%n",
          name,
          100.0 * lines / allLines,
          allLines,
          allBranches == 0 ? 100.0 : 100.0 * branches / allBranches,
          allBranches);
    }
  }
}
