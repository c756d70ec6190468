using System.Text.RegularExpressions;

namespace Slipway.Scenarios.Tests.Aws;

public sealed class ModuleTextTests
{
    private const string Described = """^  description = "[A-Z].{15,}[.)]"$""";

    [Fact]
    public void Every_variable_says_what_it_is_for_and_has_a_type()
    {
        Assert.NotEmpty(ModuleText.Variables);
        Assert.Empty(ModuleText.Variables.Where(variable => !Has(variable.Value, Described) || !Has(variable.Value, "^  type +=")).Select(variable => variable.Key));
    }

    [Fact]
    public void Every_variable_is_used() => Assert.DoesNotContain(ModuleText.Variables.Keys, name => !Has(WithoutVariables, $@"\bvar\.{name}\b"));

    [Fact]
    public void Every_variable_that_is_used_is_there() =>
        Assert.Empty(Regex.Matches(ModuleText.All, @"\bvar\.(?<name>\w+)").Select(match => match.Groups["name"].Value).Distinct().Except(ModuleText.Variables.Keys));

    [Fact]
    public void Every_output_says_what_it_is()
    {
        Assert.NotEmpty(ModuleText.Outputs);
        Assert.Empty(ModuleText.Outputs.Where(output => !Has(output.Value, Described)).Select(output => output.Key));
    }

    [Fact]
    public void The_readme_has_a_row_for_every_variable_and_output() => Assert.Equal(
        ModuleText.Variables.Keys.Concat(ModuleText.Outputs.Keys).Order(StringComparer.Ordinal),
        Regex.Matches(File.ReadAllText(Path.Combine(ModuleText.Folder, "README.md")), @"^\| `(?<name>[a-z_]+)` \|", RegexOptions.Multiline)
            .Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_guide_writes_out_the_same_actions_as_the_module() => Assert.Equal(
        ModuleText.Actions(ModuleText.All).Order(StringComparer.Ordinal),
        ModuleText.Actions(File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "aws.md"))).Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_files_are_formatted()
    {
        Assert.SkipUnless(Terraform.IsInstalled, Terraform.NotInstalled);
        var result = await Terraform.RunAsync(Repository.Root, ["fmt", "-check", "-recursive", "deploy/aws"]);
        Assert.True(result.ExitCode == 0, $"terraform fmt would change: {result.Story}");
    }

    private static string WithoutVariables => string.Join('\n', ModuleText.Files.Where(file => Path.GetFileName(file) != "variables.tf").Select(File.ReadAllText));

    private static bool Has(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.Multiline);
}
