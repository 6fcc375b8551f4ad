package org.hpo4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.model.resolution.UnresolvableModelException;
import org.apache.maven.model.resolution.WorkspaceModelResolver;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.junit.jupiter.api.Test;

/** What a project manages that imports the BOM, as Maven works it out. */
class BomTest {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path BOM = ROOT.resolve(Path.of("integrations", "hpo-bom", "pom.xml"));

  @Test
  void itManagesThePublishedModulesAndNothingElse() throws Exception {
    Model parent = read(ROOT.resolve("pom.xml"));
    String version = parent.getVersion();

    Model project = effective(new DefaultModelBuildingRequest().setRawModel(importing(version)));

    assertThat(project.getDependencyManagement().getDependencies())
        .allSatisfy(managed -> assertThat(managed.getVersion()).isEqualTo(version))
        .extracting(managed -> managed.getGroupId() + ":" + managed.getArtifactId())
        .containsExactlyInAnyOrderElementsOf(publishedModules(parent));
  }

  private static List<String> publishedModules(Model parent) {
    return parent.getModules().stream()
        .filter(module -> !module.startsWith("examples/"))
        .filter(module -> !List.of("benchmarks", "integrations/hpo-bom").contains(module))
        .map(module -> "org.hpo4j:" + module.substring(module.indexOf('/') + 1))
        .toList();
  }

  private static Model importing(String version) {
    Dependency bom = new Dependency();
    bom.setGroupId("org.hpo4j");
    bom.setArtifactId("hpo-bom");
    bom.setVersion(version);
    bom.setType("pom");
    bom.setScope("import");
    DependencyManagement management = new DependencyManagement();
    management.addDependency(bom);
    Model project = new Model();
    project.setModelVersion("4.0.0");
    project.setGroupId("org.example");
    project.setArtifactId("importing");
    project.setVersion("1");
    project.setDependencyManagement(management);
    return project;
  }

  private static Model effective(ModelBuildingRequest request) throws ModelBuildingException {
    request.setSystemProperties(System.getProperties());
    request.setWorkspaceModelResolver(new BomFile());
    return new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
  }

  private static Model read(Path pom) throws IOException, XmlPullParserException {
    try (InputStream in = Files.newInputStream(pom)) {
      return new MavenXpp3Reader().read(in);
    }
  }

  /** Finds the BOM where it is written, in place of a repository. */
  private static final class BomFile implements WorkspaceModelResolver {
    @Override
    public Model resolveRawModel(String groupId, String artifactId, String version) {
      throw new UnsupportedOperationException(artifactId + " " + version + " is not at hand");
    }

    @Override
    public Model resolveEffectiveModel(String groupId, String artifactId, String version)
        throws UnresolvableModelException {
      try {
        Model bom = effective(new DefaultModelBuildingRequest().setPomFile(BOM.toFile()));
        if (bom.getArtifactId().equals(artifactId) && bom.getVersion().equals(version)) {
          return bom;
        }
      } catch (ModelBuildingException e) {
        throw new UnresolvableModelException(e.getMessage(), groupId, artifactId, version, e);
      }
      throw new UnresolvableModelException("no such BOM", groupId, artifactId, version);
    }
  }
}
