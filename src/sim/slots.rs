//! Places that are taken and left: a number for each tenant, and places that are left are taken again.

/// Values under small numbers.
pub(super) struct Slots<T> {
    places: Vec<Option<T>>,
    /// How often each place was taken.
    tenants: Vec<u32>,
    free: Vec<u32>,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { places: Vec::new(), tenants: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slots<T> {
    /// Takes a place; its number, and the number of its tenant.
    pub(super) fn take(&mut self, value: T) -> (u32, u32) {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            self.tenants.push(0);
            self.places.len() as u32 - 1
        });
        let tenant = &mut self.tenants[slot as usize];
        *tenant = tenant.wrapping_add(1);
        self.places[slot as usize] = Some(value);
        (slot, *tenant)
    }

    /// Leaves a place.
    pub(super) fn leave(&mut self, slot: u32) -> Option<T> {
        let value = self.places.get_mut(slot as usize)?.take()?;
        self.free.push(slot);
        Some(value)
    }

    /// The place is still that tenant's.
    pub(super) fn is_of(&self, slot: u32, tenant: u32) -> bool {
        self.tenants.get(slot as usize) == Some(&tenant) && self.places[slot as usize].is_some()
    }

    /// Who has the place now.
    pub(super) fn tenant(&self, slot: u32) -> u32 {
        self.tenants[slot as usize]
    }

    pub(super) fn get_mut(&mut self, slot: u32) -> Option<&mut T> {
        self.places.get_mut(slot as usize)?.as_mut()
    }

    pub(super) fn get(&self, slot: u32) -> Option<&T> {
        self.places.get(slot as usize)?.as_ref()
    }

    /// All that are taken, in the order of their places.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.places.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_was_left_is_taken_again_by_another_tenant() {
        let mut slots = Slots::default();
        let (first, second) = (slots.take('a'), slots.take('b'));
        assert_eq!((first.0, second.0), (0, 1));
        assert_eq!(slots.leave(0), Some('a'));
        assert_eq!((slots.leave(0), slots.is_of(0, first.1)), (None, false));
        let third = slots.take('c');
        assert_eq!(third.0, 0);
        assert!(slots.is_of(0, third.1) && !slots.is_of(0, first.1));
        assert_eq!((slots.get(0), slots.iter().collect::<String>().as_str()), (Some(&'c'), "cb"));
    }
}
