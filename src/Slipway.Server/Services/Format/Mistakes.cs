using Slipway.Server.Api;

namespace Slipway.Server.Services.Format;

/// <summary>Everything that is wrong with a definition: all of it at once, so that nobody mends a file line by line.</summary>
internal sealed class Mistakes
{
    private const int Shown = 50;
    private readonly List<(string Place, string Problem)> found = [];

    public bool Any => found.Count > 0;

    public IReadOnlyList<(string Place, string Problem)> All => found;

    public void Add(Node at, string problem) => Add(at.Place, problem);

    public void Add(string place, string problem) => found.Add((place, problem));

    public Refusal ToRefusal()
    {
        var (place, problem) = found[0];
        var count = found.Count == 1 ? "one error" : $"{found.Count} errors";
        return new("invalid_service_definition", StatusCodes.Status400BadRequest, $"The service definition has {count}. At {place}: {problem}")
        {
            Errors = found.Take(Shown).GroupBy(item => item.Place).ToDictionary(group => group.Key, group => group.Select(item => item.Problem).ToArray()),
        };
    }
}
