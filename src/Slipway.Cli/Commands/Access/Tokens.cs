using Slipway.Cli.Running;

namespace Slipway.Cli.Commands.Access;

/// <summary>slipway tokens create|list|revoke</summary>
internal sealed class Tokens : SlipwayCommand
{
    public Tokens(Surroundings surroundings)
        : base(surroundings, "tokens", "API tokens, for people and for CI. Alone it lists them.")
    {
        Add(new CreateApiToken(surroundings));
        Add(new ListTokens(surroundings));
        Add(new RevokeToken(surroundings));
    }

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellation) => ListTokens.ShowAsync(call, cancellation);
}
