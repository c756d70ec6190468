
namespace Slipway.Scenarios.Tests.Aws;

/// <summary>The example, really applied against an emulator, and a plan of the module with everything given instead of made.</summary>
public sealed class AppliedModule : IAsyncLifetime
{
    /// <summary>The settings of a provider that talks to an emulator.</summary>
    private const string Emulated = """
        provider "aws" {
          region                      = "eu-central-1"
          skip_credentials_validation = true
          skip_metadata_api_check     = true
          s3_use_path_style           = true
        }
        """;

    private const string Given = """
        module "slipway" {
          source             = "../aws"
          environments       = ["prod", "prod-eu"]
          agents_make_queues = false
          given_queues       = { prod = ["web-1", "web-2"], prod-eu = ["web-1"] }
          create_bucket      = false
          bucket             = "company"
          artifact_prefix    = "slipway/"
          create_roles       = false
          server_role_arns   = ["arn:aws:iam::123456789012:role/company/server"]
          agent_role_arns    = { prod = ["arn:aws:iam::123456789012:role/company/web"] }
          kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/1"
        }
        """;

    /// <summary>The provider looks at an expiry rule for 55 s before it believes it. `validate` still checks the rule.</summary>
    private const string WithoutExpiry = """
        resource "aws_s3_bucket_lifecycle_configuration" "artifacts" {
          count = 0
        }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slipway-terraform-");
    private Moto? moto;

    /// <summary>Why nothing was applied, or null.</summary>
    public string? WhyNot { get; private set; }

    public CommandResult? Validation { get; private set; }

    public CommandResult? SecondPlan { get; private set; }

    internal ModuleResources Example { get; private set; } = null!;

    internal ModuleResources GivenPlan { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        WhyNot = Terraform.WhyNot ?? (await Moto.IsInstalledAsync() ? null : "The Python here has no moto.");
        try
        {
            if (Terraform.WhyNot is null)
                await UseAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (moto is not null)
            await moto.DisposeAsync();
        moto = null;
        if (Directory.Exists(folder.FullName))
            folder.Delete(recursive: true);
    }

    private async Task UseAsync()
    {
        var example = Prepare();
        await RunAsync(example, "init", "-no-color");
        Validation = await TryAsync(example, "validate", "-no-color");
        if (WhyNot is not null)
            return;

        moto = await Moto.StartAsync();
        await Task.WhenAll(ApplyAsync(example), PlanGivenAsync());
    }

    private string Prepare()
    {
        var module = Path.Combine(folder.FullName, "aws");
        var example = Path.Combine(module, "examples", "fleet");
        Terraform.CopyModule(module);
        Terraform.WriteConfiguration(folder.FullName);
        File.WriteAllText(Path.Combine(example, "emulator_override.tf"), Emulated);
        return example;
    }

    private async Task ApplyAsync(string example)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "aws", "expiry_override.tf"), WithoutExpiry);
        await RunAsync(example, "apply", "-auto-approve", "-no-color");
        SecondPlan = await TryAsync(example, "plan", "-detailed-exitcode", "-no-color");
        Example = new(await RunAsync(example, "show", "-json"));
    }

    private async Task PlanGivenAsync()
    {
        var given = folder.CreateSubdirectory("given").FullName;
        await File.WriteAllTextAsync(Path.Combine(given, "main.tf"), $"{Emulated}\n{Given}");
        await RunAsync(given, "init", "-no-color");
        await RunAsync(given, "plan", "-out=plan", "-no-color");
        GivenPlan = new(await RunAsync(given, "show", "-json", "plan"));
    }

    private async Task<string> RunAsync(string at, params string[] arguments)
    {
        var result = await TryAsync(at, arguments);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"terraform {arguments[0]}: {result.Story}");
    }

    private Task<CommandResult> TryAsync(string at, params string[] arguments) => Terraform.RunAsync(at, arguments, new Dictionary<string, string>
    {
        ["TF_CLI_CONFIG_FILE"] = Path.Combine(folder.FullName, "terraform.rc"),
        ["AWS_ENDPOINT_URL"] = moto?.Address.ToString() ?? "",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_SESSION_TOKEN"] = "",
        ["AWS_PROFILE"] = "",
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
    });
}
