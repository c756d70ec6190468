using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Cli.Commands.Access;

/// <summary>slipway agents token --environment production</summary>
internal sealed class CreateJoinLine : SlipwayCommand
{
    private readonly Option<EnvironmentName?> environment;
    private readonly Option<int> uses = new("--uses") { Description = "How many instances may join with it", HelpName = "number", DefaultValueFactory = _ => 1 };
    private readonly Option<Duration?> expiresIn = Names.Duration("--expires-in", "How long it is good for (default 1h, at most 7d)");

    public CreateJoinLine(Surroundings surroundings)
        : base(surroundings, "token", "Make a join token and print the line to run on the instance.")
    {
        environment = Names.OptionalEnvironment(surroundings, "--environment", "Only instances of this environment may join with it");
        Add(environment);
        Add(uses);
        Add(expiresIn);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var wanted = new CreateJoinToken { Environment = call.Get(environment), Uses = call.Get(uses), ExpiresIn = call.Get(expiresIn) };
        var made = await call.Client.Access.CreateJoinTokenAsync(wanted, cancellation);
        if (call.Json)
        {
            call.WriteJson(made, ContractsJson.Default.JoinTokenCreated);
            return ExitCode.Done;
        }

        call.Line(made.Command);
        call.Note($"Run it on the instance. Good for {Words.Count(wanted.Uses, "instance")} and {Words.Left(made.ExpiresAt - call.Time.GetUtcNow())}; it is shown only now.");
        return ExitCode.Done;
    }
}
