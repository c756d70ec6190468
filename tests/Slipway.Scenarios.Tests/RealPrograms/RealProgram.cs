namespace Slipway.Scenarios.Tests.RealPrograms;

/// <summary>A sample that others wrote: two published versions, and an address whose answer differs between them.</summary>
/// <param name="Name">The folder under samples/ and the service's name.</param>
/// <param name="Path">What is asked.</param>
/// <param name="Answer">What the answer contains; {version} stands for the version that should be running.</param>
/// <param name="Artifact">What of fetched/VERSION is published; empty: the folder.</param>
public sealed record RealProgram(string Name, string First, string Second, string Path, string Answer, string Artifact = "")
{
    public static IReadOnlyList<RealProgram> All { get; } =
    [
        new("http-server", "14.1.0", "14.1.1", "/package.json", "\"version\": \"{version}\""),
        new("esbuild", "0.28.1", "0.28.2", "/package.json", "\"version\": \"{version}\""),
        new("wiremock", "3.13.1", "3.13.2", "/greeting", "{\"greeting\":\"Hello from a Jar\",\"version\":\"{version}\"}", "wiremock.jar"),
        new("allure", "2.44.0", "2.46.1", "/widgets/environment.json", "\"allure {version}\""),
        new("blazor-devserver", "10.0.14", "10.0.15", "/about.xml", "<version>{version}</version>"),
    ];

    public string AnswerOf(string version) => Answer.Replace("{version}", version, StringComparison.Ordinal);

    /// <summary>How it is called in a test's name.</summary>
    public override string ToString() => Name;
}
