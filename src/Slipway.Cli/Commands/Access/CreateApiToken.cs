using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Cli.Commands.Access;

/// <summary>slipway tokens create ci --scope publish</summary>
internal sealed class CreateApiToken : SlipwayCommand
{
    private readonly Argument<string> name = new("name") { Description = "Who or what uses it; stands in the record of what it does" };
    private readonly Option<string> scope = new("--scope") { Description = "read, publish, deploy or admin; each includes the ones before", HelpName = "scope", Required = true };
    private readonly Option<string[]> services = new("--service") { Description = "Only these services", HelpName = "service" };
    private readonly Option<string[]> environments = new("--environment") { Description = "Only these environments, for deploying", HelpName = "environment" };
    private readonly Option<Duration?> expiresIn = Names.Duration("--expires-in", "Default 90d, at most 365d");

    public CreateApiToken(Surroundings surroundings)
        : base(surroundings, "create", "Make an API token and print it; it is shown only once.")
    {
        scope.OneOf("read", "publish", "deploy", "admin");
        Add(name);
        Add(scope);
        Add(services);
        Add(environments);
        Add(expiresIn);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var made = await call.Client.Access.CreateTokenAsync(
            new CreateToken
            {
                Name = call.Get(name),
                Scope = Enum.Parse<Scope>(call.Get(scope), ignoreCase: true),
                Services = Parse<ServiceName>(call.Get(services)),
                Environments = Parse<EnvironmentName>(call.Get(environments)),
                ExpiresIn = call.Get(expiresIn),
            },
            cancellation);

        if (call.Json)
        {
            call.WriteJson(made, ContractsJson.Default.TokenCreated);
            return ExitCode.Done;
        }

        call.Line(made.Secret);
        var until = made.Token.ExpiresAt is { } end ? $", good for {Words.Left(end - call.Time.GetUtcNow())}" : "";
        call.Note($"Token {made.Token.Id} for {made.Token.Name}{until}. It is shown only now.");
        return ExitCode.Done;
    }

    private static List<T>? Parse<T>(string[] names)
        where T : struct, ITextValue<T>
    {
        if (names.Length == 0)
            return null;

        return [.. names.Select(n => T.TryParse(n, out var value) ? value : throw StopException.Usage("bad_name", $"\"{n}\" does not fit.", T.Rule))];
    }
}
