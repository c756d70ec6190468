using System.Text.RegularExpressions;

namespace Slipway.Scenarios.Tests.Aws;

/// <summary>Terraform, where it is installed, with the AWS provider of a folder on this machine: nothing is fetched.</summary>
internal static partial class Terraform
{
    public const string NotInstalled = "There is no terraform on the PATH.";

    private const string Provider = "registry.terraform.io/hashicorp/aws";

    private static readonly string Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public static bool IsInstalled { get; } = OnPath("terraform");

    /// <summary>A folder laid out as Terraform's filesystem mirrors are.</summary>
    public static string? Mirror { get; } = Candidates().FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, Provider)));

    public static string? WhyNot =>
        !IsInstalled ? NotInstalled
        : Mirror is null ? "No filesystem mirror here holds hashicorp/aws; name one with SLIPWAY_TERRAFORM_MIRROR."
        : null;

    /// <summary>A copy of the module, so that what Terraform keeps beside its files stays out of the repository.</summary>
    public static void CopyModule(string to)
    {
        foreach (var file in Directory.GetFiles(ModuleText.Folder, "*.tf", SearchOption.AllDirectories).Where(file => !file.Contains("/.terraform/", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(ModuleText.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Terraform's own settings: providers come from the mirror alone, as links.</summary>
    public static string WriteConfiguration(string folder)
    {
        var file = Path.Combine(folder, "terraform.rc");
        File.WriteAllText(file, $$"""
            disable_checkpoint = true
            provider_installation {
              filesystem_mirror {
                path = "{{Mirror}}"
              }
            }
            """);
        return file;
    }

    public static Task<CommandResult> RunAsync(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Command.RunAsync("terraform", ["-chdir=" + folder, .. arguments], new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["TF_IN_AUTOMATION"] = "1",
            ["CHECKPOINT_DISABLE"] = "1",
        });

    private static IEnumerable<string> Candidates()
    {
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } home ? home : Path.Combine(Home, ".local", "share");
        var shared = Environment.GetEnvironmentVariable("XDG_DATA_DIRS") is { Length: > 0 } folders ? folders : "/usr/local/share:/usr/share";
        return
        [
            .. new[] { Environment.GetEnvironmentVariable("SLIPWAY_TERRAFORM_MIRROR") }.OfType<string>(),
            .. ConfiguredMirrors(),
            Path.Combine(Home, ".terraform.d", "plugins"),
            .. shared.Split(':').Prepend(data).Select(folder => Path.Combine(folder, "terraform", "plugins")),
            .. Directory.Exists("/opt") ? Directory.GetDirectories("/opt") : [],
        ];
    }

    private static IEnumerable<string> ConfiguredMirrors()
    {
        var file = Environment.GetEnvironmentVariable("TF_CLI_CONFIG_FILE") is { Length: > 0 } named ? named : Path.Combine(Home, ".terraformrc");
        return File.Exists(file) ? MirrorPath().Matches(File.ReadAllText(file)).Select(match => match.Groups["path"].Value) : [];
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex("""\bpath\s*=\s*"(?<path>[^"]+)""")]
    private static partial Regex MirrorPath();
}
