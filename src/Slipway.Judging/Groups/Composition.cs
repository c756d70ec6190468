namespace Slipway.Judging.Groups;

/// <summary>Who is compared with whom for a while; instances that warm up are in neither group.</summary>
internal sealed record Composition(int From, int[] Changed, int[] Unchanged);
