namespace Slipway.Chaos.Checking;

/// <summary>Something that must hold whatever was killed. Pure.</summary>
internal interface IRule
{
    IEnumerable<Violation> Check(History history);
}
